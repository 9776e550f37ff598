namespace Fairlead.Web.Pages.Views;

/// <summary>A prediction whose answers differ.</summary>
public sealed record ReplayWorstRow(string Prediction, string Inputs, string Recorded, string Replayed);
