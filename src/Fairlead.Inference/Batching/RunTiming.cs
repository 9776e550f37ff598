namespace Fairlead.Inference.Batching;

/// <summary>How long one request took.</summary>
/// <param name="Queue">From its arrival to the start of the run that scored it; zero for one that ran at once.</param>
/// <param name="Inference">Of that run, whoever else was in it.</param>
/// <param name="Rows">Of that run.</param>
public readonly record struct RunTiming(TimeSpan Queue, TimeSpan Inference, int Rows);
