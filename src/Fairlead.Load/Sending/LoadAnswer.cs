namespace Fairlead.Load.Sending;

/// <summary>What became of one request.</summary>
internal readonly record struct LoadAnswer
{
    public const string Connection = "connection";
    public const string Timeout = "timeout";

    public required LoadOutcome Outcome { get; init; }

    /// <summary>The key under which failures are counted: an HTTP status, a gRPC status, or one of the words above.</summary>
    public required string Status { get; init; }

    /// <summary>The sentence of a failure.</summary>
    public string? Message { get; init; }

    /// <summary>Who answered, or null when the answer does not say.</summary>
    public string? ServerGroup { get; init; }

    public bool HasPrediction { get; init; }

    public static LoadAnswer Lost(string message) => new() { Outcome = LoadOutcome.Lost, Status = Connection, Message = message };

    public static LoadAnswer TimedOut(TimeSpan timeout) =>
        new() { Outcome = LoadOutcome.TimedOut, Status = Timeout, Message = $"No answer within {timeout.TotalSeconds:0.###} s." };
}
