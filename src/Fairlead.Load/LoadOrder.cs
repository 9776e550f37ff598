using Fairlead.Domain.Problems;
using Fairlead.Load.Inputs;
using Fairlead.Load.Judging;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;

namespace Fairlead.Load;

/// <summary>One load run: whom, how much, with what, and what must hold.</summary>
public sealed record LoadOrder
{
    public const int DefaultConcurrency = 64;
    public const int MaxConcurrency = 10_000;
    public const int MaxRowsPerRequest = 100_000;
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan DefaultWarmup = TimeSpan.FromSeconds(2);

    public required LoadTarget Target { get; init; }

    public LoadTransport Transport { get; init; } = LoadTransport.Rest;

    public required LoadProfile Profile { get; init; }

    /// <summary>Before the profile begins; what is sent then does not count. 0 for none.</summary>
    public TimeSpan Warmup { get; init; } = DefaultWarmup;

    public ArrivalSpacing Arrivals { get; init; } = ArrivalSpacing.Even;

    /// <summary>Of the random gaps.</summary>
    public int Seed { get; init; }

    /// <summary>Requests under way at once, at most: over REST the number of connections.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>From sending a request to the end of its answer.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>What requests are made of; null for a command that is asked without bodies.</summary>
    public LoadRows? Rows { get; init; }

    /// <summary>Where the rows come from, for the result; null without rows.</summary>
    public string? Data { get; init; }

    /// <summary>The rows are recorded predictions: of a command they are its requests, which are sent again as they were.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Path and query that a command is asked for, as it gets them and percent-encoded; null for <c>/</c>, for models and for recorded requests.</summary>
    public string? Path { get; init; }

    /// <summary>The method that a command is asked by; null for POST, or GET without rows, for models and for recorded requests.</summary>
    public string? Method { get; init; }

    public int RowsPerRequest { get; init; } = 1;

    /// <summary>The column that says for whom the prediction is made, or null.</summary>
    public string? Unit { get; init; }

    public IReadOnlyList<LoadCheck> Checks { get; init; } = [];

    /// <exception cref="FairleadException">Invalid: a value is out of its range.</exception>
    internal void Validate()
    {
        if (Warmup < TimeSpan.Zero || Warmup > LoadProfile.MaxDuration)
            throw FairleadException.Invalid($"The warm-up '{Warmup}' is not accepted; expected 0 seconds to {LoadProfile.MaxDuration.TotalHours} hours.");
        if (Concurrency is < 1 or > MaxConcurrency)
            throw FairleadException.Invalid($"'{Concurrency}' requests at once are not accepted; expected 1 to {MaxConcurrency}.");
        if (Timeout <= TimeSpan.Zero || Timeout > LoadProfile.MaxDuration)
            throw FairleadException.Invalid($"The timeout '{Timeout}' is not accepted; expected more than 0 seconds and at most {LoadProfile.MaxDuration.TotalHours} hours.");
        if (RowsPerRequest is < 1 or > MaxRowsPerRequest)
            throw FairleadException.Invalid($"'{RowsPerRequest}' rows per request are not accepted; expected 1 to {MaxRowsPerRequest}.");
        if (Path is not null)
            CallPath.Check(Path);
        if (Method is not null)
            CallMethod.Check(Method);
        if (Unit is not null && Rows is null)
            throw FairleadException.Invalid($"The unit '{Unit}' is a column of data, and there is none; say by --data where rows come from.");
    }
}
