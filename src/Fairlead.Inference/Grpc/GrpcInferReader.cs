using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>
/// Reads <c>ModelInferRequest</c> messages of the Open Inference Protocol V2 from their bytes straight into a request's block:
/// no message object is made.
/// </summary>
public static class GrpcInferReader
{
    /// <summary>Finds out which model a request is for, before anything else of it is understood.</summary>
    /// <param name="body">A message, without its frame.</param>
    /// <param name="model">UTF-8, empty when the request names none.</param>
    /// <param name="version">UTF-8, empty when the server is to choose.</param>
    /// <returns>False when the body is no protobuf message.</returns>
    public static bool TryReadTarget(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> model, out ReadOnlySpan<byte> version)
    {
        model = default;
        version = default;
        try
        {
            var reader = new ProtoReader(body, 0);
            while (reader.Next())
            {
                if (reader.Tag == ProtoTag.RequestModelName)
                    model = reader.Bytes();
                else if (reader.Tag == ProtoTag.RequestModelVersion)
                    version = reader.Bytes();
                else
                    reader.Skip();
            }

            return true;
        }
        catch (FairleadException)
        {
            return false;
        }
    }

    /// <summary>Finds the id that the client gave a request, for an answer to one of which nothing else is understood.</summary>
    /// <returns>UTF-8; empty when it has none, or when the body is no protobuf message.</returns>
    public static ReadOnlySpan<byte> ReadId(ReadOnlySpan<byte> body)
    {
        var id = ReadOnlySpan<byte>.Empty;
        try
        {
            var reader = new ProtoReader(body, 0);
            while (reader.Next())
            {
                if (reader.Tag == ProtoTag.RequestId)
                    id = reader.Bytes();
                else
                    reader.Skip();
            }

            return id;
        }
        catch (FairleadException)
        {
            return default;
        }
    }

    /// <summary>
    /// Reads a request for a model. Inputs come in any order, their elements in <c>raw_input_contents</c> or, typed, in their
    /// <c>contents</c>; unknown fields and parameters are passed over; <c>outputs</c> restricts what is answered.
    /// </summary>
    /// <param name="body">A message, without its frame and decompressed.</param>
    /// <param name="model">What messages call the model.</param>
    /// <param name="request">Is cleared first. After a failure it holds no tensors.</param>
    /// <exception cref="FairleadException">Invalid: the message names the input, the value and what was expected. TooLarge: too many rows or bytes.</exception>
    public static void Read(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request)
    {
        request.Clear();
        request.Places.Reset(codec.Inputs.Length);
        if (body.Length > InferRequest.MaxBytes)
            throw Refusal.TooLarge($"The request has '{body.Length}' bytes, and at most {InferRequest.MaxBytes} are read; split it.");
        try
        {
            new GrpcRequestParser(body, codec, model, request).Read();
        }
        catch (FairleadException)
        {
            request.ClearTensors();
            throw;
        }
    }
}
