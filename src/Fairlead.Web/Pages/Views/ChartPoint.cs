namespace Fairlead.Web.Pages.Views;

/// <summary>A value at a time, with what it may also be.</summary>
/// <param name="Value">Null leaves a gap.</param>
/// <param name="Low">Lower end of its interval; null without one.</param>
public sealed record ChartPoint(DateTimeOffset At, double? Value, double? Low = null, double? High = null);
