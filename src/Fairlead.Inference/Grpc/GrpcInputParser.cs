using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>Reads one input of a request twice: first what it is, then the elements in its <c>contents</c>.</summary>
internal ref struct GrpcInputParser(ProtoReader message, SignatureCodec codec, string model, InferRequest request)
{
    private readonly ProtoReader message = message;

    /// <summary>The signature's input that it is.</summary>
    public int Index { get; private set; }

    public bool HasContents { get; private set; }

    /// <param name="expected">The signature's input that comes next when the client keeps its order.</param>
    public TensorCodec ReadHead(int expected)
    {
        var reader = message;
        var name = default(ReadOnlySpan<byte>);
        var datatype = default(ReadOnlySpan<byte>);
        request.Shape.Clear();
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case ProtoTag.TensorName:
                    name = reader.Bytes();
                    break;
                case ProtoTag.TensorDatatype:
                    datatype = reader.Bytes();
                    break;
                case ProtoTag.TensorShape:
                    AddDimension((long)reader.Varint(), name);
                    break;
                case ProtoTag.TensorShapePacked:
                    ReadShape(reader.Message(), name);
                    break;
                case ProtoTag.TensorParameters:
                    GrpcParameters.CheckInput(reader.Message(), name);
                    break;
                case ProtoTag.TensorContents:
                    HasContents = true;
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var tensor = Find(name, expected);
        InputTensor.CheckDatatype(tensor, datatype);
        InputTensor.CheckShape(request, tensor);
        return tensor;
    }

    public readonly void ReadContents(TensorCodec tensor)
    {
        if (!HasContents && request.Shape.Count > 0)
            throw Refusal.Invalid($"unable to find data for input tensor '{tensor.Spec.Name}' for model '{model}' in request: send it in 'contents' or in raw_input_contents.");
        var start = InputTensor.Begin(request, tensor);
        var contents = new ContentsReader(tensor, model, request);
        var reader = message;
        while (reader.Next())
        {
            // Contents that come in parts are one after the other, as protobuf merges messages.
            if (reader.Tag == ProtoTag.TensorContents)
                contents.Read(reader.Message());
            else
                reader.Skip();
        }

        InputTensor.CheckCount(request, tensor, contents.Elements, "contents");
        InputTensor.End(request, Index, tensor, start);
    }

    private TensorCodec Find(ReadOnlySpan<byte> name, int expected)
    {
        if (name.IsEmpty)
            throw Refusal.NamelessInput(model);
        Index = TensorFinder.Find(name, codec.Inputs, expected);
        if (Index < 0)
            throw Refusal.UnknownInput(codec, model, name);
        return request.Places.Has(Index) ? throw Refusal.RepeatedInput(codec.Inputs[Index]) : codec.Inputs[Index];
    }

    private readonly void ReadShape(ProtoReader packed, ReadOnlySpan<byte> name)
    {
        while (!packed.AtEnd)
            AddDimension((long)packed.Varint(), name);
    }

    private readonly void AddDimension(long dimension, ReadOnlySpan<byte> name)
    {
        if (dimension < 0)
            throw Refusal.Invalid($"Input '{Refusal.Cut(name)}' has '{dimension}' in 'shape'; expected dimensions that are whole numbers from 0.");
        request.Shape.Add(dimension, null);
    }
}
