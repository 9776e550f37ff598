using System.Text.Unicode;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>Reads a request's message twice: first all but the inputs, then those, whose elements may stand before or after them.</summary>
internal ref struct GrpcRequestParser(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request)
{
    private readonly ReadOnlySpan<byte> body = body;
    private ProtoReader raw = new(body, 0);
    private int inputs;
    private int raws;

    public void Read()
    {
        ReadHead();
        ReadInputs();
        if (raws > inputs)
            throw Refusal.Invalid($"The request for model '{model}' has {raws} raw_input_contents for {inputs} inputs; expected one for each.");
        request.Complete(codec, model);
    }

    private void ReadHead()
    {
        var reader = new ProtoReader(body, 0);
        var id = default(ReadOnlySpan<byte>);
        var expected = 0;
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case ProtoTag.RequestId:
                    id = reader.Bytes();
                    break;
                case ProtoTag.RequestParameters:
                    GrpcParameters.ReadRequest(reader.Message(), request);
                    break;
                case ProtoTag.RequestOutputs:
                    expected = ReadOutput(reader.Message(), expected) + 1;
                    break;
                case ProtoTag.RequestInputs:
                    inputs++;
                    reader.Skip();
                    break;
                case ProtoTag.RequestRawInputs:
                    raws++;
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        TakeId(id);
    }

    private readonly void TakeId(ReadOnlySpan<byte> id)
    {
        if (id.Length > InferRequest.MaxIdBytes)
            throw Refusal.LongId(id.Length);
        if (!Utf8.IsValid(id))
            throw Refusal.Invalid($"The request has an 'id' that is not UTF-8: '{Refusal.Cut(id)}'.");
        request.IdBuffer.Append(id);
    }

    private readonly int ReadOutput(ProtoReader reader, int expected)
    {
        var name = default(ReadOnlySpan<byte>);
        var output = default(RequestedOutput);
        while (reader.Next())
        {
            if (reader.Tag == ProtoTag.OutputName)
                name = reader.Bytes();
            else if (reader.Tag == ProtoTag.OutputParameters)
                GrpcParameters.ReadOutput(reader.Message(), ref output);
            else
                reader.Skip();
        }

        if (name.IsEmpty)
            throw Refusal.NamelessOutput(model);
        var index = TensorFinder.Find(name, codec.Outputs, expected);
        if (index < 0)
            throw Refusal.UnknownOutput(codec, model, name);
        request.Outputs.Add(index, codec, output);
        return index;
    }

    private void ReadInputs()
    {
        var reader = new ProtoReader(body, 0);
        var expected = 0;
        while (reader.Next())
        {
            if (reader.Tag == ProtoTag.RequestInputs)
                expected = ReadInput(reader.Message(), expected) + 1;
            else
                reader.Skip();
        }
    }

    private int ReadInput(ProtoReader message, int expected)
    {
        var input = new GrpcInputParser(message, codec, model, request);
        var tensor = input.ReadHead(expected);
        if (raws == 0)
        {
            input.ReadContents(tensor);
            return input.Index;
        }

        if (input.HasContents)
            throw Refusal.Invalid($"contents field must not be specified when using raw_input_contents for '{tensor.Spec.Name}' for model '{model}'");
        if (!NextRaw())
            throw Refusal.Invalid($"unable to find data for input tensor '{tensor.Spec.Name}' for model '{model}' in request: it has {raws} raw_input_contents for {inputs} inputs.");
        InputTensor.TakeRaw(request, input.Index, tensor, raw.Bytes());
        return input.Index;
    }

    private bool NextRaw()
    {
        while (raw.Next())
        {
            if (raw.Tag == ProtoTag.RequestRawInputs)
                return true;
            raw.Skip();
        }

        return false;
    }
}
