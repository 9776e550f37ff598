using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>
/// The functions of the C API that the binding uses, taken from the engine's table by position. The positions are part of the
/// engine's binary contract: the table only ever grows at its end. Every function that returns <see cref="nint"/> returns a
/// status, 0 for success.
/// </summary>
internal sealed unsafe class OnnxApi
{
    // The first version whose table reaches GetTensorElementTypeAndShapeDataReference.
    private const uint ApiVersion = 24;
    private static readonly Lazy<OnnxApi> Instance = new(() => new OnnxApi(EngineLibrary.Load()));

    public readonly delegate* unmanaged<nint, int> GetErrorCode;
    public readonly delegate* unmanaged<nint, byte*> GetErrorMessage;
    public readonly delegate* unmanaged<int, byte*, nint*, nint> CreateEnv;
    public readonly delegate* unmanaged<nint, nint> DisableTelemetryEvents;
    public readonly delegate* unmanaged<nint, void*, nint, nint*, nint> CreateSession;
    public readonly delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run;
    public readonly delegate* unmanaged<nint*, nint> CreateSessionOptions;
    public readonly delegate* unmanaged<nint, int, nint> SetSessionExecutionMode;
    public readonly delegate* unmanaged<nint, nint> DisableMemPattern;
    public readonly delegate* unmanaged<nint, nint> DisableCpuMemArena;
    public readonly delegate* unmanaged<nint, int, nint> SetSessionLogSeverityLevel;
    public readonly delegate* unmanaged<nint, int, nint> SetSessionGraphOptimizationLevel;
    public readonly delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads;
    public readonly delegate* unmanaged<nint, int, nint> SetInterOpNumThreads;
    public readonly delegate* unmanaged<nint, nuint*, nint> SessionGetInputCount;
    public readonly delegate* unmanaged<nint, nuint*, nint> SessionGetOutputCount;
    public readonly delegate* unmanaged<nint, nuint, nint*, nint> SessionGetInputTypeInfo;
    public readonly delegate* unmanaged<nint, nuint, nint*, nint> SessionGetOutputTypeInfo;
    public readonly delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetInputName;
    public readonly delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetOutputName;
    public readonly delegate* unmanaged<nint, long*, nuint, int, nint*, nint> CreateTensorAsOrtValue;
    public readonly delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue;
    public readonly delegate* unmanaged[SuppressGCTransition]<nint, void**, nint> GetTensorMutableData;
    public readonly delegate* unmanaged<nint, nuint*, nint> GetStringTensorDataLength;
    public readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToTensorInfo;
    public readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToMapTypeInfo;
    public readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToSequenceTypeInfo;
    public readonly delegate* unmanaged<nint, int*, nint> GetMapKeyType;
    public readonly delegate* unmanaged<nint, nint*, nint> GetMapValueType;
    public readonly delegate* unmanaged<nint, nint*, nint> GetSequenceElementType;
    public readonly delegate* unmanaged<nint, int, nint, nint*, nint> GetValue;
    public readonly delegate* unmanaged[SuppressGCTransition]<nint, nuint*, nint> GetValueCount;
    public readonly delegate* unmanaged<nint, int*, nint> GetOnnxTypeFromTypeInfo;
    public readonly delegate* unmanaged<nint, int*, nint> GetTensorElementType;
    public readonly delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount;
    public readonly delegate* unmanaged<nint, long*, nuint, nint> GetDimensions;
    public readonly delegate* unmanaged<nint, byte**, nuint, nint> GetSymbolicDimensions;
    public readonly delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo;
    public readonly delegate* unmanaged<nint, void*, nint> AllocatorFree;
    public readonly delegate* unmanaged<nint*, nint> GetAllocatorWithDefaultOptions;
    public readonly delegate* unmanaged<nint, void> ReleaseStatus;
    public readonly delegate* unmanaged<nint, void> ReleaseSession;
    public readonly delegate* unmanaged<nint, void> ReleaseValue;
    public readonly delegate* unmanaged<nint, void> ReleaseTypeInfo;
    public readonly delegate* unmanaged<nint, void> ReleaseSessionOptions;
    public readonly delegate* unmanaged[SuppressGCTransition]<nint, nuint, nuint*, nint> GetStringTensorElementLength;
    public readonly delegate* unmanaged<nint, nuint, nuint, byte*, nint> GetStringTensorElement;
    public readonly delegate* unmanaged<nint, nuint, nuint, byte**, nint> GetResizedStringTensorElementBuffer;
    public readonly delegate* unmanaged[SuppressGCTransition]<nint, int*, long**, nuint*, nint> GetTensorElementTypeAndShapeDataReference;

    private OnnxApi(nint library)
    {
        var apiBase = ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)apiBase[1])()) ?? "";
        var table = ((delegate* unmanaged<uint, nint*>)apiBase[0])(ApiVersion);
        if (table is null)
            throw new OnnxRuntimeException(OnnxErrorCode.None, $"ONNX Runtime '{Version}' is too old; version 1.{ApiVersion} or newer is needed, run 'npm ci --ignore-scripts' in native/.");

        GetErrorCode = (delegate* unmanaged<nint, int>)table[1];
        GetErrorMessage = (delegate* unmanaged<nint, byte*>)table[2];
        CreateEnv = (delegate* unmanaged<int, byte*, nint*, nint>)table[3];
        DisableTelemetryEvents = (delegate* unmanaged<nint, nint>)table[6];
        CreateSession = (delegate* unmanaged<nint, void*, nint, nint*, nint>)table[7];
        Run = (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)table[9];
        CreateSessionOptions = (delegate* unmanaged<nint*, nint>)table[10];
        SetSessionExecutionMode = (delegate* unmanaged<nint, int, nint>)table[13];
        DisableMemPattern = (delegate* unmanaged<nint, nint>)table[17];
        DisableCpuMemArena = (delegate* unmanaged<nint, nint>)table[19];
        SetSessionLogSeverityLevel = (delegate* unmanaged<nint, int, nint>)table[22];
        SetSessionGraphOptimizationLevel = (delegate* unmanaged<nint, int, nint>)table[23];
        SetIntraOpNumThreads = (delegate* unmanaged<nint, int, nint>)table[24];
        SetInterOpNumThreads = (delegate* unmanaged<nint, int, nint>)table[25];
        SessionGetInputCount = (delegate* unmanaged<nint, nuint*, nint>)table[30];
        SessionGetOutputCount = (delegate* unmanaged<nint, nuint*, nint>)table[31];
        SessionGetInputTypeInfo = (delegate* unmanaged<nint, nuint, nint*, nint>)table[33];
        SessionGetOutputTypeInfo = (delegate* unmanaged<nint, nuint, nint*, nint>)table[34];
        SessionGetInputName = (delegate* unmanaged<nint, nuint, nint, byte**, nint>)table[36];
        SessionGetOutputName = (delegate* unmanaged<nint, nuint, nint, byte**, nint>)table[37];
        CreateTensorAsOrtValue = (delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)table[48];
        CreateTensorWithDataAsOrtValue = (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)table[49];
        GetTensorMutableData = (delegate* unmanaged[SuppressGCTransition]<nint, void**, nint>)table[51];
        GetStringTensorDataLength = (delegate* unmanaged<nint, nuint*, nint>)table[53];
        CastTypeInfoToTensorInfo = (delegate* unmanaged<nint, nint*, nint>)table[55];
        GetOnnxTypeFromTypeInfo = (delegate* unmanaged<nint, int*, nint>)table[56];
        GetTensorElementType = (delegate* unmanaged<nint, int*, nint>)table[60];
        GetDimensionsCount = (delegate* unmanaged<nint, nuint*, nint>)table[61];
        GetDimensions = (delegate* unmanaged<nint, long*, nuint, nint>)table[62];
        GetSymbolicDimensions = (delegate* unmanaged<nint, byte**, nuint, nint>)table[63];
        CreateCpuMemoryInfo = (delegate* unmanaged<int, int, nint*, nint>)table[69];
        AllocatorFree = (delegate* unmanaged<nint, void*, nint>)table[76];
        GetAllocatorWithDefaultOptions = (delegate* unmanaged<nint*, nint>)table[78];
        GetValue = (delegate* unmanaged<nint, int, nint, nint*, nint>)table[80];
        GetValueCount = (delegate* unmanaged[SuppressGCTransition]<nint, nuint*, nint>)table[81];
        ReleaseStatus = (delegate* unmanaged<nint, void>)table[93];
        ReleaseSession = (delegate* unmanaged<nint, void>)table[95];
        ReleaseValue = (delegate* unmanaged<nint, void>)table[96];
        ReleaseTypeInfo = (delegate* unmanaged<nint, void>)table[98];
        ReleaseSessionOptions = (delegate* unmanaged<nint, void>)table[100];
        CastTypeInfoToMapTypeInfo = (delegate* unmanaged<nint, nint*, nint>)table[103];
        CastTypeInfoToSequenceTypeInfo = (delegate* unmanaged<nint, nint*, nint>)table[104];
        GetMapKeyType = (delegate* unmanaged<nint, int*, nint>)table[105];
        GetMapValueType = (delegate* unmanaged<nint, nint*, nint>)table[106];
        GetSequenceElementType = (delegate* unmanaged<nint, nint*, nint>)table[107];
        GetStringTensorElementLength = (delegate* unmanaged[SuppressGCTransition]<nint, nuint, nuint*, nint>)table[127];
        GetStringTensorElement = (delegate* unmanaged<nint, nuint, nuint, byte*, nint>)table[128];
        GetResizedStringTensorElementBuffer = (delegate* unmanaged<nint, nuint, nuint, byte**, nint>)table[252];
        GetTensorElementTypeAndShapeDataReference = (delegate* unmanaged[SuppressGCTransition]<nint, int*, long**, nuint*, nint>)table[414];
    }

    /// <summary>The one table of the process; the library is loaded at the first use.</summary>
    /// <exception cref="OnnxRuntimeException">The library is not there or too old.</exception>
    public static OnnxApi Shared => Instance.Value;

    /// <summary>The engine's version, such as <c>1.30.0</c>.</summary>
    public string Version { get; }

    /// <summary>Throws what a failed call reported, and releases the status.</summary>
    public void Check(nint status)
    {
        if (status != 0)
            Throw(status);
    }

    private void Throw(nint status)
    {
        var code = (OnnxErrorCode)GetErrorCode(status);
        var message = Marshal.PtrToStringUTF8((nint)GetErrorMessage(status)) ?? "";
        ReleaseStatus(status);
        throw new OnnxRuntimeException(code, message.ReplaceLineEndings(" ").Trim());
    }
}
