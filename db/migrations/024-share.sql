-- 024: what external customers may take of rapid access, and whom we tell of a missed appointment.

-- Of the rapid-access times of a week, so many in a hundred may go to external customers, from so many
-- hours before each on; what is released to all is open to them as to everybody.  0: not before that.
ALTER TABLE contract ADD COLUMN rap_share INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contract ADD COLUMN rap_hours INTEGER NOT NULL DEFAULT 0;
CREATE INDEX slot_rap ON slot (service, day) WHERE kind = 'RAP';

-- The customer wants to hear of a missed appointment; never of a private service or a self-referral.
ALTER TABLE contract ADD COLUMN dna_notice INTEGER NOT NULL DEFAULT 0;
-- A message to one of the customer's contacts about the person; NULL: to the person.
ALTER TABLE message ADD COLUMN contact INTEGER REFERENCES customer_contact;
