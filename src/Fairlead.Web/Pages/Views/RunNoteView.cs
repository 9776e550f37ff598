namespace Fairlead.Web.Pages.Views;

/// <summary>What somebody wrote about a run.</summary>
public sealed record RunNoteView(string Text, string By, TimeView At);
