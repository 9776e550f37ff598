namespace Fairlead.Web.Pages.Views;

/// <summary>A file that is damaged or was set aside.</summary>
/// <param name="Command">What mends it.</param>
public sealed record DamageRow(string Path, string Problem, string Rows, string Command);
