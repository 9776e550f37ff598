namespace Fairlead.Web.Pages.Views;

/// <summary>Something that a person should look at now.</summary>
/// <param name="IsSerious">False for a hint, true for what loses data or keeps a change from being served.</param>
public sealed record AlarmView(string Text, bool IsSerious);
