using System.Text;
using System.Text.Json;
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
    private int? binarySize;
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

    /// <param name="tensors">Binary tensors that follow the JSON; the input takes its own from the start.</param>
    /// <param name="expected">The signature's input that comes next when the client keeps its order.</param>
    /// <returns>The signature's input that was read.</returns>
    public int Read(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> tensors, int expected)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw JsonRefusal.Member(ref reader, "The request", "inputs", "objects with 'name', 'shape', 'datatype' and 'data'");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadMember(ref reader, expected);
        if (tensor is null)
            throw Refusal.NamelessInput(model);
        InputTensor.CheckDatatype(tensor, datatype);
        if (!hasShape)
            throw Refusal.NoShape(tensor);
        if (hasData && binarySize is not null)
            throw Refusal.Invalid($"{Role} has both 'data' and 'binary_data_size'; send its elements in one of the two ways.");
        if (binarySize is { } size)
        {
            InputTensor.CheckShape(request, tensor);
            InputTensor.TakeRaw(request, index, tensor, Take(ref tensors, size));
            return index;
        }

        if (!hasData)
            throw Refusal.Invalid($"{Role} has no 'data'; send its elements as a JSON list, or after the JSON with 'binary_data_size' among its parameters.");
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
            ShapeReader.Read(ref reader, request.Shape, tensor);
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
        else if (reader.ValueTextEquals("parameters"u8))
        {
            reader.Read();
            binarySize = ParametersParser.ReadInput(ref reader, tensor) ?? binarySize;
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
            throw JsonRefusal.Member(ref reader, "An input", "name", "a string");
        index = NameFinder.Find(ref reader, codec.Inputs, expected);
        if (index < 0)
            throw Refusal.UnknownInput(codec, model, Encoding.UTF8.GetBytes(reader.GetString()!));
        tensor = codec.Inputs[index];
        if (request.Places.Has(index))
            throw Refusal.RepeatedInput(tensor);
    }

    private void ReadDatatype(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw JsonRefusal.Member(ref reader, Role, "datatype", "a string");
        hasDatatype = true;
        datatype = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (tensor is not null)
            InputTensor.CheckDatatype(tensor, datatype);
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
        start = InputTensor.Begin(request, known);
        elements = DataReader.Read(ref reader, known, request.Block, request.Shape.Nesting(known.Rank));
    }

    private readonly ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> tensors, int size)
    {
        if (size > tensors.Length)
            throw Refusal.Invalid($"{Role} has a 'binary_data_size' of {size}, and {tensors.Length} bytes are left after the JSON; expected the tensors there in the order of the inputs, and the JSON's length in the header '{InferenceHeader.Name}'.");
        var raw = tensors[..size];
        tensors = tensors[size..];
        return raw;
    }

    private readonly void Finish(TensorCodec known)
    {
        var shape = request.Shape;
        InputTensor.CheckShape(request, known);
        InputTensor.CheckCount(request, known, elements, "data");
        if (!IsNestedAs(shape.Nesting(known.Rank), shape.Dimensions))
            throw Refusal.Invalid($"{Role} has 'data' nested as {Refusal.Shape(shape.Nesting(known.Rank))}, and its shape is {shape}.");
        InputTensor.End(request, index, known, start);
    }

    // Flat data has no nesting at all; of nested data, what lies below an empty list is not known.
    private static bool IsNestedAs(ReadOnlySpan<long> nesting, ReadOnlySpan<long> dimensions)
    {
        for (var axis = 0; axis < nesting.Length && nesting[axis] >= 0; axis++)
        {
            if (nesting[axis] != dimensions[axis])
                return false;
        }

        return true;
    }
}
