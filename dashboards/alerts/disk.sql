-- Free share of the disk that holds the home.
SELECT 'home' AS disk, round($disk_free / $disk_total, 4) AS free_share
