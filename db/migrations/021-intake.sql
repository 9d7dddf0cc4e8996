-- 021: referrals that were begun with somebody who is gone: a nurse takes them up.

-- The task of whoever completes its form; NULL: every answer that is needed is there.
ALTER TABLE referral ADD COLUMN unfinished INTEGER;

-- A parked row that is not its user's alone for ever: from `due` on those who may triage the service
-- find it among their own.
ALTER TABLE parked ADD COLUMN due INTEGER;     -- NULL: never
ALTER TABLE parked ADD COLUMN service INTEGER;
CREATE INDEX parked_due ON parked (due) WHERE due IS NOT NULL;
