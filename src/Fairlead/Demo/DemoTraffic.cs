namespace Fairlead.Demo;

/// <param name="Sql">Rows to be sent, from the dataset by its name.</param>
/// <param name="Unit">Column that names for whom a prediction is made.</param>
/// <param name="Outcome">Columns of the outcome, by the field's name.</param>
internal sealed record DemoTraffic(string Environment, int Rows, string Sql, string Unit, IReadOnlyDictionary<string, string> Outcome);
