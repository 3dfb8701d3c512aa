using Kizashi.Cli.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Cli.Tests.Watching;

public sealed class LossLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeptLog _log = new();

    [Fact]
    public void The_first_loss_is_told_at_once_and_more_of_it_once_a_minute()
    {
        var losses = new LossLog(_log, "kyoto", _time);
        losses.Note("late", 0);
        losses.Note("late", 3);
        losses.Note("late", 4);
        losses.Note("dropped", 1);
        _time.Advance(TimeSpan.FromSeconds(59));
        losses.Note("late", 5);
        Assert.Equal(["Sensor kyoto lost 3, late", "Sensor kyoto lost 1, dropped"], _log.Lines);

        _time.Advance(TimeSpan.FromSeconds(1));
        losses.Note("late", 0);
        losses.Note("late", 0);
        Assert.Equal("Sensor kyoto lost 9, late", _log.Lines[^1]);
        Assert.Equal(3, _log.Lines.Count);
    }

    private sealed class KeptLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
