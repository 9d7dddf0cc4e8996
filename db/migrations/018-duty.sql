-- 018: whom a desk rings when no nurse answers and a flag was just raised.

ALTER TABLE site ADD COLUMN duty TEXT; -- digits; NULL: none is recorded
