-- name: InsertDelivery
insert into trigger_deliveries (trigger_name, delivery, at) values (@trigger, @delivery, @at)
on conflict (trigger_name, delivery) do nothing

-- name: RemoveDeliveries
delete from trigger_deliveries where at < @before
