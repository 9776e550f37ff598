using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>Reads the engine's descriptions of types.</summary>
/// <param name="role">What messages call the thing described: input or output.</param>
internal readonly unsafe struct TypeReader(OnnxApi api, string role, string name)
{
    private const int TensorKind = 1;
    private const int SequenceKind = 2;
    private const int MapKind = 3;

    /// <summary>Reads and releases a type that must be a tensor's.</summary>
    public OnnxTensorInfo TakeTensor(nint info)
    {
        try
        {
            var kind = Kind(info);
            return kind == TensorKind ? ReadTensor(info) : throw NotATensor(KindName(kind));
        }
        finally
        {
            api.ReleaseTypeInfo(info);
        }
    }

    /// <summary>Reads and releases a type that has a form as tensors.</summary>
    public NativeOutput TakeOutput(nint info)
    {
        try
        {
            var kind = Kind(info);
            return kind switch
            {
                TensorKind => new NativeOutput(name, NativeOutputKind.Tensor, [ReadTensor(info)]),
                SequenceKind => ReadSequence(info),
                _ => throw NotATensor(KindName(kind)),
            };
        }
        finally
        {
            api.ReleaseTypeInfo(info);
        }
    }

    private NativeOutput ReadSequence(nint info)
    {
        nint sequence;
        api.Check(api.CastTypeInfoToSequenceTypeInfo(info, &sequence));
        nint item;
        api.Check(api.GetSequenceElementType(sequence, &item));
        try
        {
            var kind = Kind(item);
            return kind switch
            {
                TensorKind => new NativeOutput(name, NativeOutputKind.Tensors, [Stacked(ReadTensor(item))]),
                MapKind => new NativeOutput(name, NativeOutputKind.Maps, ReadMap(item)),
                _ => throw NotATensor($"sequence of a {KindName(kind)}"),
            };
        }
        finally
        {
            api.ReleaseTypeInfo(item);
        }
    }

    private OnnxTensorInfo[] ReadMap(nint info)
    {
        nint map;
        api.Check(api.CastTypeInfoToMapTypeInfo(info, &map));
        int key;
        api.Check(api.GetMapKeyType(map, &key));
        nint valueInfo;
        api.Check(api.GetMapValueType(map, &valueInfo));
        var value = TakeTensor(valueInfo).Type;
        // The engine itself gives no others away.
        if ((OnnxElementType)key is not (OnnxElementType.Int64 or OnnxElementType.String) || value != OnnxElementType.Float)
            throw NotATensor($"sequence of maps from {(OnnxElementType)key} to {value}");
        return [Rows(name, value), Rows(name + OnnxSession.KeysSuffix, (OnnxElementType)key)];
    }

    private static OnnxTensorInfo Rows(string name, OnnxElementType type) => new(name, type, [-1, -1], ["", ""]);

    private OnnxTensorInfo Stacked(OnnxTensorInfo item) =>
        item.Shape.Count < OnnxCall.MaxRank
            ? item with { Shape = [-1, .. item.Shape], Symbols = ["", .. item.Symbols] }
            : throw NotServed($"The output '{name}' has items of '{item.Shape.Count}' dimensions, and at most {OnnxCall.MaxRank - 1} are served; reshape them when the model is exported.");

    private OnnxTensorInfo ReadTensor(nint info)
    {
        nint tensor;
        api.Check(api.CastTypeInfoToTensorInfo(info, &tensor));
        int type;
        api.Check(api.GetTensorElementType(tensor, &type));
        return Enum.IsDefined((OnnxElementType)type)
            ? ReadShape(tensor, (OnnxElementType)type)
            : throw NotServed($"The {role} '{name}' has elements of ONNX type '{type}', which is not served; cast it to a common number type, a boolean or a string when the model is exported.");
    }

    private OnnxTensorInfo ReadShape(nint tensor, OnnxElementType type)
    {
        nuint rank;
        api.Check(api.GetDimensionsCount(tensor, &rank));
        var shape = new long[rank];
        var symbols = new string[rank];
        var texts = stackalloc byte*[Math.Min((int)rank, OnnxCall.MaxRank)];
        if (rank > OnnxCall.MaxRank)
            throw NotServed($"The tensor '{name}' has '{rank}' dimensions, and at most {OnnxCall.MaxRank} are served; reshape it when the model is exported.");
        fixed (long* dimensions = shape)
            api.Check(api.GetDimensions(tensor, dimensions, rank));
        api.Check(api.GetSymbolicDimensions(tensor, texts, rank));
        for (var axis = 0; axis < shape.Length; axis++)
            symbols[axis] = Marshal.PtrToStringUTF8((nint)texts[axis]) ?? "";
        return new OnnxTensorInfo(name, type, shape, symbols);
    }

    private int Kind(nint info)
    {
        int kind;
        api.Check(api.GetOnnxTypeFromTypeInfo(info, &kind));
        return kind;
    }

    private OnnxRuntimeException NotATensor(string what) =>
        NotServed($"The {role} '{name}' is a {what}, which is not served; export the model with tensors, or for outputs sequences of tensors or of maps to FP32.");

    private static OnnxRuntimeException NotServed(string message) => new(OnnxErrorCode.NotImplemented, message);

    private static string KindName(int kind) => kind switch
    {
        SequenceKind => "sequence",
        MapKind => "map",
        4 => "value of an opaque type",
        5 => "sparse tensor",
        6 => "optional value",
        _ => "value of an unknown kind",
    };
}
