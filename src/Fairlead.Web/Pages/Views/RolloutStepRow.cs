namespace Fairlead.Web.Pages.Views;

/// <summary>One step of a rollout.</summary>
/// <param name="Shares">What each service comes to.</param>
public sealed record RolloutStepRow(int Number, string Shares, string Hold, StatusView Status);
