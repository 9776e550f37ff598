namespace Fairlead.Predictions.Query.Workers;

/// <summary>An operation that a worker is asked for.</summary>
/// <param name="Text">SQL, where the operation takes some.</param>
/// <param name="Values">Parameters, or other values of the operation.</param>
internal sealed record WorkerRequest(WorkerOperation Operation, string Text, IReadOnlyList<object?> Values)
{
    public static WorkerRequest Read(ReadOnlySpan<byte> payload)
    {
        var reader = new ValueReader(payload);
        var operation = (WorkerOperation)(byte)reader.Read()!;
        return new WorkerRequest(operation, (string)reader.Read()!, (object?[])reader.Read()!);
    }

    public void Write(ValueWriter writer)
    {
        writer.Write((byte)Operation);
        writer.Write(Text);
        writer.Write(Values.ToArray());
    }
}
