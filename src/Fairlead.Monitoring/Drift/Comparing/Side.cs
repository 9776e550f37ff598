using Fairlead.Monitoring.Drift.Counting;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>The tables of one side of a comparison.</summary>
/// <param name="Name">For people.</param>
/// <param name="Inputs">Inputs of all rows.</param>
/// <param name="Outputs">Outputs, with the inputs that belong to them; null when there are none.</param>
/// <param name="Outcomes">Outcomes, with the inputs that belong to them; null when there are none.</param>
internal sealed record Side(string Name, DriftTable Inputs, DriftTable? Outputs, DriftTable? Outcomes);
