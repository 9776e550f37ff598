using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads a request's object: id, inputs, outputs; other members are passed over.</summary>
internal ref struct RequestParser
{
    private readonly SignatureCodec codec;
    private readonly InferRequest request;
    private readonly string model;
    private Utf8JsonReader reader;

    public RequestParser(ReadOnlySpan<byte> json, SignatureCodec codec, string model, InferRequest request)
    {
        this.codec = codec;
        this.model = model;
        this.request = request;
        reader = new Utf8JsonReader(json, default);
    }

    /// <summary>Byte of the token that was read last.</summary>
    public readonly long Position => reader.TokenStartIndex;

    public void Read()
    {
        request.Places.Reset(codec.Inputs.Length);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refusal.Invalid($"The request is {Refusal.Quote(ref reader)}; expected an object with 'inputs'.");
        var hasInputs = codec.Inputs.Length == 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            hasInputs |= ReadMember(hasInputs);
        // Whatever follows the object is an error of the reader's.
        reader.Read();
        if (!hasInputs)
            throw Refusal.Invalid($"The request for model '{model}' has no 'inputs'; expected {Names()}.");
        request.Reorder();
        if (request.Rows == 0)
            request.Rows = 1;
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
            ReadOutputs();
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
            throw Refusal.Member(ref at, "The request", "id", "a string");
        // Counted as sent, escapes included.
        if (at.ValueSpan.Length > InferRequest.MaxIdBytes)
            throw Refusal.Invalid($"The request has an 'id' of {at.ValueSpan.Length} bytes; expected at most {InferRequest.MaxIdBytes}.");
        request.IdBuffer.Clear();
        request.IdBuffer.Advance(at.CopyString(request.IdBuffer.Reserve(at.ValueSpan.Length)));
    }

    private void ReadInputs()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Refusal.Member(ref reader, "The request", "inputs", "a list");
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            expected = new InputParser(codec, request, model).Read(ref reader, expected) + 1;
        for (var i = 0; i < codec.Inputs.Length; i++)
        {
            if (!request.Places.Has(i))
                throw Refusal.Invalid($"The request for model '{model}' lacks the input '{codec.Inputs[i].Spec.Name}'; expected {Names()}.");
        }
    }

    private void ReadOutputs()
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Refusal.Member(ref reader, "The request", "outputs", "a list");
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            expected = ReadOutput(expected) + 1;
    }

    private int ReadOutput(int expected)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refusal.Member(ref reader, "The request", "outputs", "objects with 'name'");
        var index = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("name"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Refusal.Member(ref reader, "An output", "name", "a string");
            index = NameFinder.Find(ref reader, codec.Outputs, expected);
            if (index < 0)
                throw UnknownOutput();
        }

        if (index < 0)
            throw Refusal.Invalid($"An output of the request for model '{model}' has no 'name'.");
        request.Outputs.Add(index, codec.Outputs.Length);
        return index;
    }

    private readonly FairleadException UnknownOutput()
    {
        var name = Refusal.Cut(System.Text.Encoding.UTF8.GetBytes(reader.GetString()!));
        var known = codec.Outputs.Select(output => output.Spec.Name).ToArray();
        return Refusal.Invalid($"Model '{model}' has no output '{name}'; {NearestName.Hint(name, known)}");
    }

    private readonly string Names() => string.Join(", ", codec.Inputs.Select(input => $"'{input.Spec.Name}'"));
}
