namespace Fairlead.Domain.Datasets;

/// <summary>What of a state of data was not as expected.</summary>
public sealed record CheckRecord(IReadOnlyList<DatasetFailure> Failures);
