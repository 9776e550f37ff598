namespace Fairlead.Web.Pages.Views;

/// <summary>One arm in one metric; for the control what compares is empty.</summary>
public sealed record ExperimentArmRow(
    string ServerGroup, string Units, string Mean, string Change, string Interval, string PValue, string Once, StatusView? Verdict);
