-- Reason: the desired state has a new format, in which server groups carry services of three kinds. It follows from the server
-- groups, which are read as they are: what is kept of it is its version, which must go on rising; the control plane publishes
-- the next one when it starts.

update desired_state set document = json_object(
    'format', 2,
    'version', version,
    'project', json_extract(document, '$.project'),
    'environments', json('[]'),
    'serverGroups', json('[]'));
