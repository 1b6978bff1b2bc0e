-- A key that has had its 48 hours is taken anew, also before the hourly job has come by.
GRANT UPDATE (request_hash, created_at) ON idempotency_keys TO portico_app;
