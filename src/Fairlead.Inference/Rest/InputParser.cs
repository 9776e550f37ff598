using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Rest;

/// <summary>Reads one object of a request's <c>inputs</c>; its members come in any order.</summary>
internal ref struct InputParser
{
    private readonly SignatureCodec codec;
    private readonly InferRequest request;
    private readonly string model;
    private TensorCodec? tensor;
    private int index;
    private ReadOnlySpan<byte> datatype;
    private bool hasDatatype;
    private bool hasShape;
    private bool hasData;
    private bool isDataRead;
    private Utf8JsonReader laterData;
    private int start;
    private int elements;

    public InputParser(SignatureCodec codec, InferRequest request, string model)
    {
        this.codec = codec;
        this.request = request;
        this.model = model;
    }

    private readonly string Role => Refusal.Input(tensor);

    /// <param name="expected">The signature's input that comes next when the client keeps its order.</param>
    /// <returns>The signature's input that was read.</returns>
    public int Read(ref Utf8JsonReader reader, int expected)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Refusal.Member(ref reader, "The request", "inputs", "objects with 'name', 'shape', 'datatype' and 'data'");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadMember(ref reader, expected);
        if (tensor is null)
            throw Refusal.Invalid($"An input of the request for model '{model}' has no 'name'.");
        CheckDatatype(tensor);
        if (!hasShape)
            throw Refusal.Invalid($"{Role} has no 'shape'; expected {Refusal.Shape([.. tensor.Spec.Shape])} with the number of rows for -1.");
        if (!hasData)
            throw Refusal.Invalid($"{Role} has no 'data'; send its elements as a JSON list (binary tensor data is not read).");
        if (!isDataRead)
            ReadData(ref laterData, tensor);
        Finish(tensor);
        return index;
    }

    private void ReadMember(ref Utf8JsonReader reader, int expected)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            reader.Read();
            ReadName(ref reader, expected);
        }
        else if (reader.ValueTextEquals("shape"u8))
        {
            Once(hasShape, "shape");
            hasShape = true;
            reader.Read();
            request.Shape.Read(ref reader, tensor);
        }
        else if (reader.ValueTextEquals("datatype"u8))
        {
            Once(hasDatatype, "datatype");
            reader.Read();
            ReadDatatype(ref reader);
        }
        else if (reader.ValueTextEquals("data"u8))
        {
            Once(hasData, "data");
            hasData = true;
            reader.Read();
            ReadOrDeferData(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private readonly void Once(bool seen, string member)
    {
        if (seen)
            throw Refusal.Invalid($"{Role} has '{member}' twice.");
    }

    private void ReadName(ref Utf8JsonReader reader, int expected)
    {
        Once(tensor is not null, "name");
        if (reader.TokenType != JsonTokenType.String)
            throw Refusal.Member(ref reader, "An input", "name", "a string");
        index = NameFinder.Find(ref reader, codec.Inputs, expected);
        if (index < 0)
            throw Unknown(ref reader);
        tensor = codec.Inputs[index];
        if (request.Places.Has(index))
            throw Refusal.Invalid($"Input '{tensor.Spec.Name}' is in the request twice.");
    }

    private readonly FairleadException Unknown(ref Utf8JsonReader reader)
    {
        var name = Refusal.Cut(System.Text.Encoding.UTF8.GetBytes(reader.GetString()!));
        var known = codec.Inputs.Select(input => input.Spec.Name).ToArray();
        return Refusal.Invalid($"Model '{model}' has no input '{name}'; {NearestName.Hint(name, known)}");
    }

    private void ReadDatatype(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw Refusal.Member(ref reader, Role, "datatype", "a string");
        hasDatatype = true;
        datatype = reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (tensor is not null)
            CheckDatatype(tensor);
    }

    private readonly void CheckDatatype(TensorCodec known)
    {
        if (!hasDatatype)
            throw Refusal.Invalid($"{Role} has no 'datatype'; expected '{known.Spec.Type.WireName()}'.");
        if (!datatype.SequenceEqual(known.TypeName))
            throw Refusal.Invalid($"{Role} has datatype '{Refusal.Cut(datatype)}'; expected '{known.Spec.Type.WireName()}'.");
    }

    // Without the name the elements' type is not known yet: their place is kept.
    private void ReadOrDeferData(ref Utf8JsonReader reader)
    {
        if (tensor is not null)
        {
            ReadData(ref reader, tensor);
            return;
        }

        laterData = reader;
        reader.Skip();
    }

    private void ReadData(ref Utf8JsonReader reader, TensorCodec known)
    {
        isDataRead = true;
        start = request.Block.Length;
        var header = TensorBlock.HeaderSize(known.Rank);
        request.Block.Reserve(header);
        request.Block.Advance(header);
        elements = DataReader.Read(ref reader, known, request.Block, request.Shape.Nesting(known.Rank));
    }

    private readonly void Finish(TensorCodec known)
    {
        var shape = request.Shape;
        if (known.Rank == 0)
            shape.TakeScalar();
        CheckShape(known, shape);
        if (shape.Count != elements)
            throw Refusal.Invalid($"{Role} has {elements} elements in 'data', and its shape {shape} holds {(shape.Count < 0 ? "more than there can be" : shape.Count)}.");
        if (known.Rank > 0 && shape.Nesting(known.Rank)[0] >= 0 && !request.Shape.Nesting(known.Rank).SequenceEqual(shape.Dimensions))
            throw Refusal.Invalid($"{Role} has 'data' nested as {Refusal.Shape(request.Shape.Nesting(known.Rank))}, and its shape is {shape}.");
        if (known.IsBatched)
            CheckRows(known, shape.Dimensions[0]);
        var length = request.Block.Length - start;
        TensorBlock.WriteHeader(request.Block.At(start), known.Spec.Type, shape.Dimensions, length - TensorBlock.HeaderSize(known.Rank));
        request.Places.Set(index, start, length);
    }

    private readonly void CheckShape(TensorCodec known, ShapeReading shape)
    {
        var expected = known.Spec.Shape;
        var fits = shape.Dimensions.Length == expected.Count;
        for (var axis = 0; fits && axis < expected.Count; axis++)
            fits = expected[axis] < 0 || expected[axis] == shape.Dimensions[axis];
        if (!fits)
            throw Refusal.Invalid($"{Role} has shape {shape}; expected {Refusal.Shape([.. expected])}{(known.IsBatched ? ", where -1 is any number" : "")}.");
    }

    private readonly void CheckRows(TensorCodec known, long rows)
    {
        if (rows == 0)
            throw Refusal.Invalid($"{Role} has no rows; expected at least 1.");
        if (rows > PredictionId.MaxRows)
            throw new FairleadException(ProblemKind.TooLarge, $"{Role} has '{rows}' rows, and a request holds at most {PredictionId.MaxRows}; split it.");
        if (request.Rows != 0 && request.Rows != rows)
            throw Refusal.Invalid($"Input '{known.Spec.Name}' has {rows} rows where an input before it has {request.Rows}; expected the same number in all.");
        request.Rows = (int)rows;
    }
}
