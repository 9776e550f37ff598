namespace Fairlead.Web.Pages.Views;

/// <summary>What a prediction of the evidence was asked and answered, read when the page is shown.</summary>
public sealed record SampleRow(string Id, string Input, string Output);
