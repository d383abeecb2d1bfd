-- Current state of the program: queue, age of the figures, disk.
SELECT $queue::INTEGER AS queue, $workers::INTEGER AS workers, round(($now - epoch_ms(published_at::TIMESTAMP)) / 3600000.0, 2) AS published_hours, seq::BIGINT AS records,
  $disk_free::DOUBLE AS disk_free, $disk_total::DOUBLE AS disk_total, round($disk_free / $disk_total, 4) AS disk_free_share
FROM info
