// A real SMTP server in a process of its own. Prints its port, then one line of JSON for each mail it takes.
// Recipients named `refused…` are refused for good, `busy…` for now, `denied…` because of who sends; senders named
// `blocked…` are refused themselves.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onMailFrom({ address }, _session, done) {
    if (address.startsWith('blocked')) return done(Object.assign(new Error('sign in first'), { responseCode: 530 }));
    done();
  },
  onRcptTo({ address }, _session, done) {
    if (address.startsWith('refused')) return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    if (address.startsWith('denied')) {
      return done(Object.assign(new Error('5.7.1 no relaying for you'), { responseCode: 550 }));
    }
    if (address.startsWith('busy')) return done(Object.assign(new Error('come back'), { responseCode: 451 }));
    done();
  },
  onData(stream, { envelope }, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const to = envelope.rcptTo.map(({ address }) => address);
      console.log(JSON.stringify({ from: envelope.mailFrom.address, to, raw: Buffer.concat(chunks).toString('utf8') }));
      done();
    });
  },
});

server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
