namespace Fairlead.Serving.Limits;

/// <summary>How a body may arrive.</summary>
/// <param name="LongestPause">Between two pieces of it: what is held of a body is memory that others wait for, and a rate alone lets a long one rest for hours.</param>
internal sealed record BodyLimits(long MaxBytes, TimeSpan LongestPause, TimeProvider Time);
