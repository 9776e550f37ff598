using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary>A function of this program's that a database holds on to until it is closed.</summary>
internal sealed unsafe class RegisteredFunction
{
    private readonly DuckDbFunction body;
    private readonly DuckDbType[] parameters;
    private readonly DuckDbType result;

    private RegisteredFunction(DuckDbFunction body, DuckDbType[] parameters, DuckDbType result)
    {
        this.body = body;
        this.parameters = parameters;
        this.result = result;
    }

    /// <param name="types">Of the parameters, and last of the result: columns of a statement's result, taken for their types.</param>
    /// <exception cref="DuckDbException">The name is taken.</exception>
    public static void Register(ConnectionHandle connection, string name, ref NativeResult types, DuckDbFunction body)
    {
        var count = (int)NativeMethods.ColumnCount(ref types);
        var described = new DuckDbType[count];
        var function = NativeMethods.CreateScalarFunction();
        try
        {
            NativeMethods.SetFunctionName(function, name);
            for (var i = 0; i < count; i++)
            {
                var type = NativeMethods.ColumnLogicalType(ref types, (ulong)i);
                if (i < count - 1)
                    NativeMethods.AddFunctionParameter(function, type);
                else
                    NativeMethods.SetFunctionResult(function, type);
                described[i] = DuckDbType.Take(type);
            }

            NativeMethods.SetFunctionTakesNulls(function);
            NativeMethods.SetFunctionVolatile(function);
            NativeMethods.SetFunctionBody(function, &Call);
            var state = GCHandle.Alloc(new RegisteredFunction(body, described[..^1], described[^1]));
            // From here on it is released with the function.
            NativeMethods.SetFunctionState(function, GCHandle.ToIntPtr(state), &Release);
            if (NativeMethods.RegisterScalarFunction(connection, function) != 0)
                throw new DuckDbException($"The function '{name}' was not taken: there is one of that name already, or its types are none that a function has.", DuckDbErrorKind.Catalog);
        }
        finally
        {
            NativeMethods.DestroyScalarFunction(ref function);
        }
    }

    private void Compute(nint chunk, nint vector)
    {
        var rows = (int)NativeMethods.ChunkSize(chunk);
        var arguments = new DuckDbColumn[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = DuckDbColumn.Attach(parameters[i], NativeMethods.ChunkVector(chunk, (ulong)i), rows);
        var writer = new DuckDbColumnWriter(result);
        writer.Begin(vector, rows);
        body(arguments, rows, writer);
        if (writer.Count != rows)
            throw new InvalidOperationException($"The function gave {writer.Count} values for {rows} rows.");
        writer.End();
    }

    // No exception may leave for the library's own frames.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(nint call, nint chunk, nint vector)
    {
        try
        {
            ((RegisteredFunction)GCHandle.FromIntPtr(NativeMethods.FunctionState(call)).Target!).Compute(chunk, vector);
        }
        catch (Exception e)
        {
            NativeMethods.SetFunctionError(call, e.Message.Replace('\0', ' '));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint state) => GCHandle.FromIntPtr(state).Free();
}
