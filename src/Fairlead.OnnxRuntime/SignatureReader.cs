using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>Reads what a session's inputs and outputs are.</summary>
internal static unsafe class SignatureReader
{
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
            tensors[i] = new TypeReader(api, "input", text).TakeTensor(info);
        }

        return tensors;
    }

    public static NativeOutput[] Outputs(OnnxEngine engine, nint session)
    {
        var api = engine.Api;
        nuint count;
        api.Check(api.SessionGetOutputCount(session, &count));
        var outputs = new NativeOutput[count];
        for (var i = 0; i < outputs.Length; i++)
        {
            byte* name;
            api.Check(api.SessionGetOutputName(session, (nuint)i, engine.Allocator, &name));
            var text = TakeName(engine, name);
            nint info;
            api.Check(api.SessionGetOutputTypeInfo(session, (nuint)i, &info));
            outputs[i] = new TypeReader(api, "output", text).TakeOutput(info);
        }

        CheckNames(outputs);
        return outputs;
    }

    private static void CheckNames(NativeOutput[] outputs)
    {
        var names = outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var output in outputs)
        {
            if (output.Kind == NativeOutputKind.Maps && names.Contains(output.Tensors[1].Name))
                throw new OnnxRuntimeException(OnnxErrorCode.NotImplemented, $"The output '{output.Tensors[1].Name}' has the name under which the keys of '{output.Name}' are answered; rename it when the model is exported.");
        }
    }

    private static string TakeName(OnnxEngine engine, byte* name)
    {
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        engine.Api.Check(engine.Api.AllocatorFree(engine.Allocator, name));
        return text;
    }
}
