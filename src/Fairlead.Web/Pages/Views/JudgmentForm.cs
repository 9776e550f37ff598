namespace Fairlead.Web.Pages.Views;

/// <summary>The form by which somebody judges.</summary>
/// <param name="Action">Path that it is sent to.</param>
/// <param name="By">As whom.</param>
/// <param name="Link">The signed link by which the person came; null for who signed in.</param>
/// <param name="Comment">What was written before it was refused.</param>
public sealed record JudgmentForm(string Action, string By, IReadOnlyList<string> Choices, bool NeedsComment, int Attempt, string? Link, string Comment);
