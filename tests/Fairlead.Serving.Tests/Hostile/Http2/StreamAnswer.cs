namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>What came back on one stream.</summary>
/// <param name="Status">0 when no headers came.</param>
/// <param name="Reset">The code by which the server ended the stream; null when it did not.</param>
internal sealed record StreamAnswer(int Status, int? GrpcStatus, int? Reset, bool HasEnded)
{
    public static readonly StreamAnswer None = new(0, null, null, false);

    /// <summary>Nothing more will come.</summary>
    public bool IsOver => HasEnded || Reset is not null;
}
