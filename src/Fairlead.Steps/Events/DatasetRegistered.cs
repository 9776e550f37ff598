using Fairlead.Domain.Datasets;

namespace Fairlead.Steps.Events;

/// <summary>A dataset was read and its version is known.</summary>
/// <param name="IsNew">False when that state of the dataset was recorded before.</param>
/// <param name="ElapsedSeconds">Time for hashing and storing.</param>
public sealed record DatasetRegistered(DatasetVersion Version, bool IsNew, double ElapsedSeconds) : StepEvent;
