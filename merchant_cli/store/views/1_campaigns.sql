-- Campaigns as the merchant planned them.
SELECT
  campaign, from_day, to_day, shops, skus, goal_sales AS goal_sales_minor, goal_orders, budget AS budget_minor,
  currency, import_no, line
FROM fact_campaigns
