namespace Fairlead.Web.Contracts;

/// <summary>What a cleaning of the store shall keep; null for the usual.</summary>
/// <param name="IsDry">Only say what would be removed.</param>
/// <param name="Runs">Newest runs of each step and variant.</param>
/// <param name="DatasetVersions">Newest versions of each dataset.</param>
/// <param name="GraceSeconds">What was put or used within this time is kept.</param>
public sealed record CleaningBody(bool IsDry, int? Runs, int? DatasetVersions, long? GraceSeconds, string? User);
