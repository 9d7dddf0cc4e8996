# src/store/requests.c
# A block reaches only the slots that its diary's home still holds.
s/CASE x.state WHEN 'on' THEN 'open' ELSE 'blocked' END/'nothing'/
