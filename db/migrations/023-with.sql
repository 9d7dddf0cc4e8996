-- 023: with whom somebody wants to be seen.

-- woman | man, as the clinician says; NULL: not said, and then nobody who asks for either is sent.
ALTER TABLE clinician ADD COLUMN gender TEXT;
