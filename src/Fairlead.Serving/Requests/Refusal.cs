using Fairlead.Domain.Problems;
using Fairlead.Serving.Limits;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Requests;

/// <summary>What a client is told of an expected failure.</summary>
internal readonly record struct Refusal(int Status, string Message)
{
    /// <summary>Null for a failure that nobody expected, and for a client that is gone.</summary>
    public static Refusal? Of(Exception exception) => exception switch
    {
        FairleadException problem => new Refusal(ProblemStatus.Of(problem.Kind), problem.Message),
        OverloadedException busy => new Refusal(StatusCodes.Status429TooManyRequests, busy.Message),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, $"The request cannot be read: {bad.Message}"),
        _ => null,
    };
}
