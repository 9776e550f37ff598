-- name: InsertModelVersion
insert into model_versions (model, number, digest, run, document) values (@model, @number, @digest, @run, @document);

-- name: NextModelNumber
select coalesce(max(number), 0) + 1 from model_versions where model = @model;

-- name: FindModelVersion
select document from model_versions where model = @model and number = @number;

-- name: FindModelVersionOfRun
select document from model_versions where model = @model and digest = @digest and run = @run;

-- name: ListModelVersions
select document from model_versions where @model is null or model = @model order by position desc;
