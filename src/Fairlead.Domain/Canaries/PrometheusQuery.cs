namespace Fairlead.Domain.Canaries;

/// <summary>Where a metric comes from that Prometheus keeps.</summary>
/// <param name="Url">Of the server, without <c>/api</c>.</param>
/// <param name="Query">In PromQL, with placeholders as in <see cref="MetricDefinition.Placeholders"/>; one series comes of it.</param>
/// <param name="Step">Between two points; null for that of the analysis.</param>
/// <param name="KeyEnv">Environment variable of the control plane that holds the bearer token; null for none.</param>
public sealed record PrometheusQuery(string Url, string Query, TimeSpan? Step = null, string? KeyEnv = null);
