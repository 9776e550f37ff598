namespace Fairlead.Transport.Loops;

/// <summary>Something to be done on a loop's thread.</summary>
internal readonly record struct LoopWork(Action<object?> Action, object? State);
