using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>Reads what a session's inputs and outputs are.</summary>
internal static unsafe class SignatureReader
{
    private const int TensorKind = 1;

    public static OnnxTensorInfo[] Inputs(OnnxEngine engine, nint session)
    {
        var api = engine.Api;
        nuint count;
        api.Check(api.SessionGetInputCount(session, &count));
        var tensors = new OnnxTensorInfo[count];
        for (var i = 0; i < tensors.Length; i++)
        {
            byte* name;
            api.Check(api.SessionGetInputName(session, (nuint)i, engine.Allocator, &name));
            var text = TakeName(engine, name);
            nint info;
            api.Check(api.SessionGetInputTypeInfo(session, (nuint)i, &info));
            tensors[i] = TakeTensor(api, info, "input", text);
        }

        return tensors;
    }

    public static OnnxTensorInfo[] Outputs(OnnxEngine engine, nint session)
    {
        var api = engine.Api;
        nuint count;
        api.Check(api.SessionGetOutputCount(session, &count));
        var tensors = new OnnxTensorInfo[count];
        for (var i = 0; i < tensors.Length; i++)
        {
            byte* name;
            api.Check(api.SessionGetOutputName(session, (nuint)i, engine.Allocator, &name));
            var text = TakeName(engine, name);
            nint info;
            api.Check(api.SessionGetOutputTypeInfo(session, (nuint)i, &info));
            tensors[i] = TakeTensor(api, info, "output", text);
        }

        return tensors;
    }

    private static string TakeName(OnnxEngine engine, byte* name)
    {
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        engine.Api.Check(engine.Api.AllocatorFree(engine.Allocator, name));
        return text;
    }

    private static OnnxTensorInfo TakeTensor(OnnxApi api, nint info, string role, string name)
    {
        try
        {
            int kind;
            api.Check(api.GetOnnxTypeFromTypeInfo(info, &kind));
            if (kind != TensorKind)
                throw NotServed($"The {role} '{name}' is a {KindName(kind)}, which is not yet served; export the model with tensors only (from scikit-learn: without ZipMap).");
            nint tensor;
            api.Check(api.CastTypeInfoToTensorInfo(info, &tensor));
            int type;
            api.Check(api.GetTensorElementType(tensor, &type));
            if (!Enum.IsDefined((OnnxElementType)type))
                throw NotServed($"The {role} '{name}' has elements of ONNX type '{type}', which is not yet served; cast it to a common number type, a boolean or a string when the model is exported.");
            return ReadShape(api, tensor, name, (OnnxElementType)type);
        }
        finally
        {
            api.ReleaseTypeInfo(info);
        }
    }

    private static OnnxTensorInfo ReadShape(OnnxApi api, nint tensor, string name, OnnxElementType type)
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

    private static OnnxRuntimeException NotServed(string message) => new(OnnxErrorCode.NotImplemented, message);

    private static string KindName(int kind) => kind switch
    {
        2 => "sequence",
        3 => "map",
        4 => "value of an opaque type",
        5 => "sparse tensor",
        6 => "optional value",
        _ => "value of an unknown kind",
    };
}
