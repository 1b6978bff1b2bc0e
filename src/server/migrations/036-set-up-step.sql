-- Where one goes on who has left a set-up half-way, in whatever browser; nothing said is after the name, which every portal has.
ALTER TABLE portals ADD set_up_step text CHECK (set_up_step IN ('address', 'tickets', 'access'));
