import './look/tokens.css';
import './look/base.css';
import './look/components.css';
import './look/overview.css';
import './look/shell.css';
import { render } from 'preact';
import { App } from './shell/App';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no place for the dashboard.');
render(<App />, root);
