namespace Fairlead.Web.Pages.Views;

/// <summary>A server group that a rollout is about.</summary>
/// <param name="Part">What it is there for: the candidate, what was live before, or the baseline.</param>
/// <param name="Errors">Share of its answers; a dash before the first.</param>
public sealed record RolloutGroupRow(string Name, string Service, string Part, StatusView? Status, string Weight, string Instances, string Answered, string Errors);
