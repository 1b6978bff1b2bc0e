-- What the owner has changed of a status stays when the help desk behind the account is connected anew.
ALTER TABLE statuses ADD edited boolean NOT NULL DEFAULT false;
