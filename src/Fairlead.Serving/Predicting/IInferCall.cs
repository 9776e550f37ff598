using Fairlead.Inference;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Predicting;

/// <summary>What differs between the transports of an infer request. Implemented by structs, so that each gets a path of its own without a call through an interface.</summary>
internal interface IInferCall
{
    IHeaderDictionary RequestHeaders { get; }

    /// <summary>Headers of the answer, null when they have left already.</summary>
    IHeaderDictionary? AnswerHeaders { get; }

    /// <summary>The client is gone, or its own deadline is over. Only asked for when the request waits.</summary>
    CancellationToken Aborted { get; }

    /// <summary>True when it was the client's own deadline.</summary>
    bool IsOverdue { get; }

    /// <summary>Name of the gRPC method; null for REST.</summary>
    string? RpcMethod { get; }

    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Invalid, TooLarge: the body is no request for that model.</exception>
    void Read(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request);

    /// <summary>Writes the answer into the scratch's output.</summary>
    void Write(Scratch scratch, in AnswerHead head, SignatureCodec codec);

    /// <summary>Hands the scratch's output over; the scratch is free when the call returns.</summary>
    Task AnswerAsync(Scratch scratch);

    /// <param name="status">An HTTP status, which each transport translates.</param>
    Task FailAsync(Scratch scratch, int status, string message);
}
