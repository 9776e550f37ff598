-- name: InsertDatasetVersion
insert into dataset_versions (dataset, number, digest, document) values (@dataset, @number, @digest, @document);

-- name: NextDatasetNumber
select coalesce(max(number), 0) + 1 from dataset_versions where dataset = @dataset;

-- name: FindDatasetVersion
select document from dataset_versions where dataset = @dataset and digest = @digest;

-- name: ListDatasetVersions
select document from dataset_versions where @dataset is null or dataset = @dataset order by position desc;
