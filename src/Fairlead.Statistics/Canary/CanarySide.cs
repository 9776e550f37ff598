namespace Fairlead.Statistics.Canary;

/// <summary>The points of one side that were judged.</summary>
/// <param name="Points">After missing points and outliers were treated.</param>
/// <param name="Missing">Points that were expected and not there.</param>
/// <param name="Outliers">Points left out.</param>
/// <param name="Mean">Null without points, as all that follow.</param>
public sealed record CanarySide(int Points, int Missing, int Outliers, double? Mean, double? Median, double? Least, double? Most);
