-- 022: contacts at customers are found by name, and their referrals by who sent them.

CREATE INDEX customer_contact_name ON customer_contact (name COLLATE NOCASE) WHERE state = 'on';
CREATE INDEX referral_referrer ON referral (referrer) WHERE referrer IS NOT NULL;
