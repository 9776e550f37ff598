using System.Text.Json;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads a request's object: id, parameters, inputs, outputs; other members are passed over.</summary>
internal ref struct RequestParser
{
    private readonly SignatureCodec codec;
    private readonly InferRequest request;
    private readonly string model;
    private readonly ReadOnlySpan<byte> tensors;
    private ReadOnlySpan<byte> rest;
    private Utf8JsonReader reader;

    /// <param name="tensors">What follows the JSON: the binary tensors in the order of its inputs.</param>
    public RequestParser(ReadOnlySpan<byte> json, ReadOnlySpan<byte> tensors, SignatureCodec codec, string model, InferRequest request)
    {
        this.codec = codec;
        this.model = model;
        this.request = request;
        this.tensors = tensors;
        rest = tensors;
        reader = new Utf8JsonReader(json, default);
    }

    /// <summary>Byte of the token that was read last.</summary>
    public readonly long Position => reader.TokenStartIndex;

    public void Read()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refusal.Invalid($"The request is {JsonRefusal.Quote(ref reader)}; expected an object with 'inputs'.");
        var hasInputs = codec.Inputs.Length == 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            hasInputs |= ReadMember(hasInputs);
        // Whatever follows the object is an error of the reader's.
        reader.Read();
        if (!hasInputs)
            throw Refusal.Invalid($"The request for model '{model}' has no 'inputs'; expected {Refusal.Names(codec)}.");
        if (!rest.IsEmpty)
            throw Refusal.Invalid($"The request has {rest.Length} bytes after its last binary tensor; the sizes in 'binary_data_size' add up to {tensors.Length - rest.Length}, and {tensors.Length} bytes follow the JSON.");
        request.Complete(codec, model);
    }

    /// <summary>True when the member was <c>inputs</c>.</summary>
    private bool ReadMember(bool hasInputs)
    {
        if (reader.ValueTextEquals("inputs"u8))
        {
            if (hasInputs && codec.Inputs.Length > 0)
                throw Refusal.Invalid("The request has 'inputs' twice.");
            reader.Read();
            ReadInputs();
            return true;
        }

        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            ReadId();
        }
        else if (reader.ValueTextEquals("outputs"u8))
        {
            reader.Read();
            OutputsParser.Read(ref reader, codec, model, request.Outputs);
        }
        else if (reader.ValueTextEquals("parameters"u8))
        {
            reader.Read();
            ParametersParser.ReadRequest(ref reader, request);
        }
        else
        {
            reader.Skip();
        }

        return false;
    }

    private readonly void ReadId()
    {
        var at = reader;
        if (at.TokenType == JsonTokenType.Null)
            return;
        if (at.TokenType != JsonTokenType.String)
            throw JsonRefusal.Member(ref at, "The request", "id", "a string");
        // Counted as sent, escapes included.
        if (at.ValueSpan.Length > InferRequest.MaxIdBytes)
            throw Refusal.LongId(at.ValueSpan.Length);
        request.IdBuffer.Clear();
        request.IdBuffer.Advance(at.CopyString(request.IdBuffer.Reserve(at.ValueSpan.Length)));
    }

    private void ReadInputs()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw JsonRefusal.Member(ref reader, "The request", "inputs", "a list");
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            expected = new InputParser(codec, request, model).Read(ref reader, ref rest, expected) + 1;
    }
}
