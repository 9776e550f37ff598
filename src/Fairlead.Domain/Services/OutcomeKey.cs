namespace Fairlead.Domain.Services;

/// <summary>How outcomes find the predictions of a service when they come without a prediction's id: by its unit, and by time.</summary>
/// <param name="Window">How long before the outcome the predictions lie that it is about.</param>
/// <param name="IsAboutEvery">It is about every prediction of the unit in the window, not only the last one.</param>
public sealed record OutcomeKey(TimeSpan Window, bool IsAboutEvery);
